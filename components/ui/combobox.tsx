'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { ListItem, ListNote } from './combobox-list'
import { inputLook, Labelled } from './field'
import { type Option, useOptions } from './use-options'

type Props = {
  label: string
  hasHiddenLabel?: boolean
  text: string
  chosenId: string | null
  /** The options for a text, best first; null when they did not arrive. */
  load: (text: string) => Promise<Option[] | null>
  onText: (text: string) => void
  onChoose: (option: Option) => void
  onLeave?: () => void
  /** Said in the list when nothing matches. */
  nothingWords: string
  hint?: ReactNode
  error?: string | null
  className?: string
  placeholder?: string
  maxLength?: number
}

/** An editable combobox with a list by the ARIA Authoring Practices: the focus stays in the field. */
export function Combobox(props: Props) {
  const { label, text, chosenId, load, onText, onChoose, hint, error, className, placeholder, maxLength } =
    props
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState<number | null>(null)
  const found = useOptions(isOpen, chosenId === null ? text : '', load)
  const options = found.options ?? []
  const activeOption = isOpen && active !== null ? options[active] : undefined

  useEffect(() => {
    if (active !== null)
      list.current?.querySelectorAll('[role="option"]')[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  function close() {
    setIsOpen(false)
    setActive(null)
  }

  function choose(option: Option) {
    if (option.obstacle) return
    onChoose(option)
    close()
  }

  function onKeyDown(event: KeyboardEvent) {
    const { length } = options
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setIsOpen(true)
      if (length === 0) return
      const isDown = event.key === 'ArrowDown'
      setActive(active === null ? (isDown ? 0 : length - 1) : (active + (isDown ? 1 : -1) + length) % length)
    } else if (event.key === 'Escape' && isOpen) {
      // Only the list closes, not the dialog around it.
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' && activeOption) {
      event.preventDefault()
      choose(activeOption)
    }
  }

  return (
    <Labelled
      label={label}
      hasHiddenLabel={props.hasHiddenLabel}
      hint={hint}
      error={error}
      className={className}
    >
      {(ids) => (
        <div className="relative">
          <input
            {...ids}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={activeOption ? `${listId}-${activeOption.id}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={text}
            placeholder={placeholder}
            maxLength={maxLength}
            onChange={({ target }) => {
              onText(target.value)
              setActive(null)
              setIsOpen(true)
            }}
            onClick={() => setIsOpen(true)}
            onBlur={() => {
              close()
              props.onLeave?.()
            }}
            onKeyDown={onKeyDown}
            className={inputLook}
          />
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={label}
            hidden={!isOpen || options.length === 0}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-60 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-xl"
          >
            {options.map((option, index) => (
              <ListItem
                key={option.id}
                id={`${listId}-${option.id}`}
                option={option}
                isActive={index === active}
                isChosen={option.id === chosenId}
                onChoose={() => choose(option)}
                onPoint={() => setActive(index)}
              />
            ))}
          </div>
          <ListNote isOpen={isOpen} found={found} nothingWords={props.nothingWords} />
        </div>
      )}
    </Labelled>
  )
}
